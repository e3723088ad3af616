"""From the raw text of a document to addressed passages.

Raw text (:mod:`.text`) is cut into paragraphs (:mod:`.paragraphs`) and sentences (:mod:`.sentences`) as its
layout asks (:mod:`.layouts`), and numbered through (:mod:`.units`) or by section and clause
(:mod:`.clauses`); :mod:`.reader` does all of it. What the graph records of a document is read by
:mod:`.record`, written by :mod:`.drafting`, and compared with itself (:mod:`.verifying`) and with the text
(:mod:`.comparing`). Nothing here touches a file of the graph: quads come in, quads or faults go out.
"""

"""What people judge of a record: verdicts kept beside it, what follows from them.

``verdicts`` says what a line of the ledger holds, ``values`` what a field's value is; ``ledger``
reads and appends; ``fold`` makes states of lines; ``apply`` makes events of states; ``figures``
counts precision and agreement; ``gold`` writes what was judged for ``dragoman evaluate``.
``docs/review.md`` says why.
"""

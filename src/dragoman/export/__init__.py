"""Write a record in the formats that users' scripts already read.

``load`` reads the columns and maps (``data/*.yaml``); ``source`` opens the record and is the
only module that knows its tables; ``story`` puts an event and its reports together; one module
a format family turns them into rows (``polecat``, ``icews``, ``gdelt``, ``phoenix``, ``flat``,
``nested``); ``cells`` makes every cell harmless; ``writers`` and ``files`` put them on disk;
``tally`` and ``codebook`` document what was written; ``run`` drives it all.
"""

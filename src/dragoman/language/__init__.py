"""The language underneath: segments, sentences, the gate and the pipeline that parses."""

"""Who makes a part: this process, one part after the other, or workers. What is made is the same.

- `here`: in this process; what an engine is
- `workers`: by the workers of a Dask scheduler, the only module that knows Dask
- `opening`: which of the two the parameters ask for
"""

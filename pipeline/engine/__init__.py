"""Who makes a part: this process, one part after the other, or workers. What is made is the same.

- `here`: in this process
"""

"""The second reader: masked texts → what a language model reads in them, as proposals that people decide on.

Nothing here sends anything but `client`, which only `minilabs reader ask` uses. The rest is pure: questions are planned
from the texts and from what the record holds already, answers are checked, and readings are replayed from the record.

- `settings`, `model`: what is asked of whom; subjects, questions, readings.
- `questions`: one kind of question each: what is asked (`subjects`, `coding`, `pairs`, `words`), what an answer has to
  be, and the instructions in French (`consignes/`), which a workspace may replace.
- `plan`: what remains to be asked, in the order of the readings.
- `record`: answers kept line by line; a killed run loses at most the line it was writing.
- `readings`: the record and the texts → what was read.
- `client`: the only module that knows a network.
"""

"""After the composition: from the call to every agent to the end of the contest. A file out, a file back, all replayed.

- `forms`: the export of a form tool → answers, each row accounted for.
- `registrations`: answers of several imports and the people already known → who registered for what.
- `feeding`: registrants → the file of people, what an analyst wrote by hand kept.
- `sessions`, `attendance`: when groups meet, who came, what they made.
- `answers`: what is asked of directorates, and what they answer.
- `call`: groups → what to publish, and the questions for the form tool.
- `bilan`: all of it → the full review, every figure traced to its table.
"""

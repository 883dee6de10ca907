import json
import os


class BashOperator:
    def __init__(self, task_id, bash_command, env, append_env):
        command = bash_command.replace("{{ ds }}", os.environ["DS"])
        print(json.dumps({"task": task_id, "command": command, "env": env}))
        self.task_id = task_id

    def __rshift__(self, later):
        print("order", self.task_id, later.task_id)

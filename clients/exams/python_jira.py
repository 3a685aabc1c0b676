"""Debian's python3-jira against the simulator: list, read, search, make, comment, move. Usage: SITE E-MAIL TOKEN"""

import sys

from jira import JIRA

site, email, token = sys.argv[1:]
client = JIRA(server=site, basic_auth=(email, token))
assert any(project.key == "ALPHA" for project in client.projects())
issue = client.create_issue(project="ALPHA", issuetype={"name": "Task"}, summary="Made by python3-jira")
assert client.issue(issue.key).fields.summary == "Made by python3-jira"
client.add_comment(issue, "A comment.")
assert [comment.body for comment in client.comments(issue)] == ["A comment."]
step = client.transitions(issue)[0]
client.transition_issue(issue, step["id"])
assert client.myself()["displayName"] == "Maya Lindqvist"

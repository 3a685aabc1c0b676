"""
A client by somebody else, in another language: Authlib, from Debian. It prints the address a person has to go to, one a
line, reads where the browser was sent, and says at the end what it saw, as JSON.

Usage: python3 authlib-client.py ISSUER MCP
"""

import json
import sys

import requests
from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session

issuer, mcp = sys.argv[1:3]
redirect_uri = "http://127.0.0.1:33419/callback"
metadata = requests.get(f"{issuer}/.well-known/oauth-authorization-server", timeout=10).json()
client_id = requests.post(
    metadata["registration_endpoint"],
    json={"client_name": "Authlib", "redirect_uris": [redirect_uri]},
    timeout=10,
).json()["client_id"]
session = OAuth2Session(
    client_id,
    redirect_uri=redirect_uri,
    code_challenge_method="S256",
    token_endpoint_auth_method="none",
)


def sign_in(which, scope):
    """Sends the person to the server and redeems the code that comes back."""
    verifier = generate_token(48)
    session.scope = scope
    url, state = session.create_authorization_url(
        metadata["authorization_endpoint"], code_verifier=verifier, resource=mcp
    )
    print(which, url, flush=True)
    return session.fetch_token(
        metadata["token_endpoint"],
        authorization_response=sys.stdin.readline().strip(),
        code_verifier=verifier,
        state=state,
        resource=mcp,
    )


def call(tool, arguments):
    """Calls a tool with the newest token. Gives status and challenge."""
    response = requests.post(
        mcp,
        headers={
            "authorization": f"Bearer {session.token['access_token']}",
            "accept": "application/json, text/event-stream",
            "mcp-protocol-version": "2025-11-25",
        },
        json={
            "jsonrpc": "2.0",
            "id": 1,
            "method": "tools/call",
            "params": {"name": tool, "arguments": arguments},
        },
        timeout=30,
    )
    return [response.status_code, response.headers.get("www-authenticate", "")]


first = sign_in("first", "jira:read")
read = call("atlassianUserInfo", {})
write = call("createJiraIssue", {})
refreshed = session.refresh_token(metadata["token_endpoint"], refresh_token=first["refresh_token"])
after_refresh = call("atlassianUserInfo", {})
stepped_up = sign_in("second", "jira:read jira:write")
write_again = call("createJiraIssue", {})
revoked = session.revoke_token(
    metadata["revocation_endpoint"], token=stepped_up["refresh_token"], token_type_hint="refresh_token"
)
after_revocation = call("atlassianUserInfo", {})
try:
    session.refresh_token(metadata["token_endpoint"], refresh_token=stepped_up["refresh_token"])
    refused = False
except Exception as error:  # Authlib has its own classes, and one for each version.
    refused = "invalid_grant" in str(error)

print(
    json.dumps(
        {
            "scope": first["scope"],
            "read": read[0],
            "write": write,
            "refreshed": refreshed["refresh_token"] != first["refresh_token"],
            "afterRefresh": after_refresh[0],
            "steppedUp": stepped_up["scope"],
            "writeAgain": write_again[0],
            "revoked": revoked.status_code,
            "afterRevocation": after_revocation[0],
            "refusedAfterwards": refused,
        }
    ),
    flush=True,
)

import { demoApp } from '@telamon/simulator'

import type { Served, Tls } from './serve.ts'

/** What somebody needs to use the simulator: where it is, who is there, how to get in. */
export function announcement({ simulator: { people }, platform, sites, admin, tls }: Served): string {
  const [first] = Object.values(sites)
  const [someone] = people
  const path = '/rest/api/3/project/search' // eslint-disable-line telamon/records-only -- shown to a person to try, not sent
  return `The simulator of Jira and Confluence is up. Nothing leaves this machine.

  Authorization  ${platform}/authorize and ${platform}/oauth/token
  Gateway        ${platform}/ex/jira/{cloudId} and ${platform}/ex/confluence/{cloudId}
${Object.entries(sites)
  .map(([name, origin]) => `  Site           ${origin} (${name}: REST, and pages for the browser)`)
  .join('\n')}${admin === undefined ? '' : `\n  Administration ${admin}`}
${tls ? underRealNames(tls) : ''}
OAuth 2.0 (3LO) app
  client id      ${demoApp.clientId}
  client secret  ${demoApp.clientSecret}
  callback       any address on loopback

People: e-mail address and API token for Basic authentication on a site
${people.map((person) => `  ${person.name}: ${person.email} ${person.apiToken}\n      ${person.about}`).join('\n')}

Try
  curl ${tls ? `--cacert ${tls.authority} --connect-to ::127.0.0.1:${tls.port} ` : ''}-u ${someone?.email}:${someone?.apiToken} ${first}${path}

Ctrl-C stops it.`
}

/** How clients find and trust the names that are not ours. */
function underRealNames({ port, authority, redirect }: Tls): string {
  return `
These are Atlassian's own names. They lead to port ${port} of this machine for a program of Node that is started with
  NODE_EXTRA_CA_CERTS=${authority} node --import ${redirect} PROGRAM
and for curl with
  --cacert ${authority} --connect-to ::127.0.0.1:${port}
`
}

import { createBench, type Bench } from './bench.ts'
import { authorizeUrl, pkce, register, type Change, type Registered } from './flow.ts'

/** The address of the client below. */
export const uri = 'https://client.example/app/cb?tenant=1'

/** A bench and a client that registered these addresses. */
export async function prepared(
  redirectUris: readonly string[] = [uri],
): Promise<{ bench: Bench; client: Registered }> {
  const bench = createBench()
  return { bench, client: await register(bench, { redirect_uris: redirectUris }) }
}

/** Asks for authorization. */
export const ask = (bench: Bench, client: Registered, change: Change): Promise<Response> =>
  bench.send(new Request(authorizeUrl(client.client_id, pkce().challenge, change)))

/** The status of an answer that is a page of ours and leads nowhere; or what else it is. */
export async function plainPage(response: Response): Promise<number | string> {
  if (response.headers.has('location')) return `a redirect to ${response.headers.get('location')}`
  if (response.headers.get('content-type') !== 'text/html; charset=utf-8') return 'no page'
  return (await response.text()).includes('<a ') ? 'a page with a link' : response.status
}

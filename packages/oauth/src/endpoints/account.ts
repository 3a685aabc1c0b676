import type { AccountPerson } from '../account-session.ts'
import { accountRequest } from '../complete-account.ts'
import type { Context, Endpoint } from '../context.ts'
import { readForm, type Parameters } from '../forms.ts'
import type { GrantSummary } from '../grants/grants.ts'
import { createGrants } from '../grants/grants.ts'
import type { AccountDetails } from '../options.ts'
import { accountPage, accountSignInPage, type AccountNews } from '../pages/account.ts'
import { seeOther } from '../replies.ts'
import { startSignIn } from '../start-sign-in.ts'
import { randomText } from '../tokens.ts'

const step = 'account'

/** `GET /account`: a person's connections, or the way to sign in and see them. */
export const showAccount: Endpoint = async ({ request, url }, context) => {
  const { binding, account, pages, endpoint } = context
  const known = binding.read(request)
  const { browser, cookies } = known === undefined ? binding.introduce() : { browser: known, cookies: [] }
  const session = account.read(request, browser)
  const form = { kind: 'onward', redirectUri: endpoint('account') } as const
  const common = { texts: pages.texts, provider: pages.provider, product: pages.product }
  const csrf = binding.csrf(session?.secret ?? browser, step)
  const action = endpoint('account')
  if (session === undefined)
    return pages.show({ ...accountSignInPage({ ...common, csrf, action }), form, cookies })
  const { subject } = session.person
  const grants = await createGrants(context).list(subject)
  const page = accountPage({
    ...common,
    csrf,
    action,
    person: session.person.label,
    grants,
    scopes: context.scopes,
    details: await describe(context, subject, grants),
    now: context.now(),
    ...newsOf(url.searchParams.get('done')),
  })
  return pages.show({ ...page, form, cookies })
}

const news: ReadonlySet<string> = new Set<AccountNews>(['ended', 'all_ended', 'connected'])
const isNews = (text: string): text is AccountNews => news.has(text)
const newsOf = (done: string | null): { readonly news?: AccountNews } =>
  done !== null && isNews(done) ? { news: done } : {}

async function describe(
  { describeAccount, observe }: Context,
  subject: string,
  grants: readonly GrantSummary[],
): Promise<AccountDetails> {
  try {
    return await describeAccount({ subject, grants })
  } catch (error) {
    observe({ type: 'failed', where: 'describeAccount', error })
    return {}
  }
}

/** A form of a person who is signed in. */
interface Submission {
  readonly request: Request
  readonly form: Parameters
  readonly browser: string
  readonly person: AccountPerson
}

type Change = (context: Context, submission: Submission) => Promise<Response>

const changes: Readonly<Record<string, Change>> = { end, end_all: endAll, reconnect, sign_out: signOut }

/** `POST /account`: signs in, out, ends connections and makes one again; from a page of ours in this browser only. */
export const changeAccount: Endpoint = async ({ request }, context) => {
  const { binding, account, pages, observe } = context
  const read = await readForm(request)
  if (!read.ok) return pages.error('bad_request')
  const { form } = read
  const browser = binding.read(request)
  const session = browser === undefined ? undefined : account.read(request, browser)
  const secret = session?.secret ?? browser
  const csrf = form.get('csrf')
  if (browser === undefined || secret === undefined || !binding.isOwnForm(request, { secret, step, csrf })) {
    if (session === undefined && form.get('do') !== 'sign_in') return pages.error('account_over')
    observe({ type: 'security', what: 'cross_site_form' })
    return pages.error('cross_site')
  }
  const wanted = form.get('do') ?? ''
  if (wanted === 'sign_in') return begin(context, { request, browser }, { scopes: [] })
  const change = Object.hasOwn(changes, wanted) ? changes[wanted] : undefined
  if (change === undefined) return pages.error('bad_request')
  if (session === undefined) return pages.error('account_over')
  return change(context, { request, form, browser, person: session.person })
}

async function begin(
  context: Context,
  { request, browser }: { readonly request: Request; readonly browser: string },
  asked: { readonly scopes: readonly string[]; readonly grantId?: string },
): Promise<Response> {
  const { store, random, policy, pages, now } = context
  const tx = {
    id: randomText(random, 32),
    request: accountRequest(context, asked),
    approveBy: now() + policy.stepMs,
    expiresAt: now() + policy.stepMs,
  }
  const kept = await store.putTx(tx, { limit: policy.openRequests, now: now() })
  return kept ? startSignIn(context, { request, tx, browser, scopes: asked.scopes }) : pages.error('busy')
}

/** A grant of this person's that the form names. Nothing for one that is not, or has ended. */
async function ownGrant(
  context: Context,
  subject: string,
  form: Parameters,
): Promise<GrantSummary | undefined> {
  const grants = await createGrants(context).list(subject)
  return grants.find(({ grantId }) => grantId === form.get('grant'))
}

async function end(context: Context, { form, person }: Submission): Promise<Response> {
  const grant = await ownGrant(context, person.subject, form)
  if (grant !== undefined) await context.endGrant(grant.grantId, 'person')
  return seeOther(`${context.endpoint('account')}?done=ended`)
}

async function endAll(context: Context, { person }: Submission): Promise<Response> {
  for (const { grantId } of await createGrants(context).list(person.subject))
    await context.endGrant(grantId, 'person')
  return seeOther(`${context.endpoint('account')}?done=all_ended`)
}

async function reconnect(
  context: Context,
  { request, form, browser, person }: Submission,
): Promise<Response> {
  const grant = await ownGrant(context, person.subject, form)
  if (grant === undefined) return seeOther(context.endpoint('account'))
  return begin(context, { request, browser }, { scopes: grant.scopes, grantId: grant.grantId })
}

async function signOut({ account, endpoint }: Context): Promise<Response> {
  return seeOther(endpoint('account'), account.end())
}

/**
 * Every word of the pages, so that they can be had in another language. `{client}`, `{product}`, `{provider}`,
 * `{person}`, `{host}`, `{scheme}`, `{days}` and `{when}` are filled in where they stand.
 */
export interface PageTexts {
  /** BCP 47 tag of the language, for the page's `lang`. */
  readonly language: string

  readonly consentTitle: string
  readonly consentIntro: string
  readonly whoAsks: string
  readonly known: string
  readonly knownDetail: string
  readonly published: string
  readonly publishedDetail: string
  readonly configured: string
  readonly configuredDetail: string
  readonly unverified: string
  readonly unverifiedToday: string
  readonly unverifiedEarlier: string
  readonly whereTo: string
  readonly toLoopback: string
  readonly loopbackWarning: string
  readonly toSite: string
  readonly toApp: string
  readonly whatFor: string
  readonly readWrite: string
  readonly readWriteDetail: string
  readonly readOnly: string
  readonly readOnlyDetail: string
  readonly onlyReads: string
  readonly otherScopes: string
  readonly products: string
  readonly productMissing: string
  readonly before: string
  readonly isNew: string
  readonly upstreamSummary: string
  readonly upstreamDetail: string
  readonly approve: string
  readonly deny: string
  readonly consentFooter: string

  readonly choiceTitle: string
  readonly choiceIntro: string
  readonly choiceLegend: string
  readonly choiceMissing: string
  readonly choose: string

  readonly accountTitle: string
  readonly accountSignInIntro: string
  readonly accountSignIn: string
  readonly accountIntro: string
  readonly accountEmpty: string
  readonly accountLastUsed: string
  readonly accountSince: string
  readonly accountEnd: string
  readonly accountEndOf: string
  readonly accountEndAll: string
  readonly accountSignOut: string
  readonly accountLost: string
  readonly accountUnreached: string
  readonly accountReconnect: string
  readonly accountReconnectOf: string
  readonly accountBudgets: string
  readonly accountEnded: string
  readonly accountAllEnded: string
  readonly accountConnected: string

  /** For each kind of error page: what happened, and what to do. */
  readonly errors: Readonly<
    Record<PageError, { readonly title: string; readonly body: string; readonly next: string }>
  >
}

/** What can go wrong in front of a person. */
export type PageError =
  | 'bad_request'
  | 'client_unknown'
  | 'client_document'
  | 'redirect_mismatch'
  | 'redirect_missing'
  | 'rate_limited'
  | 'busy'
  | 'tx_gone'
  | 'too_late'
  | 'cross_site'
  | 'state_gone'
  | 'foreign_browser'
  | 'choice_gone'
  | 'account_over'
  | 'account_other'
  | 'account_denied'
  | 'failed'

const again = 'Go back to your client and start connecting again.'

/** The words in English. */
export const englishTexts: PageTexts = {
  language: 'en',

  consentTitle: 'Let {client} work with your {provider} account?',
  consentIntro: '{product} stands between the two. Nothing is shared until you continue.',
  whoAsks: 'Who is asking',
  known: 'Verified',
  knownDetail: 'Published by {host}.',
  published: 'Published by {host}',
  publishedDetail: 'Trust it as far as you trust that site.',
  configured: 'Set up by the operator',
  configuredDetail: 'Whoever runs this server entered this client.',
  unverified: 'Not verified',
  unverifiedToday: 'It registered itself today and chose this name itself.',
  unverifiedEarlier: 'It registered itself {days} days ago and chose this name itself.',
  whereTo: 'Where you go afterwards',
  toLoopback: 'A program on this computer, at {host}',
  loopbackWarning: 'Continue only if you started this yourself, on this computer, a moment ago.',
  toSite: 'The website {host}',
  toApp: 'The app that opens {scheme} links',
  whatFor: 'What it may do',
  readWrite: 'Read and change',
  readWriteDetail: 'Everything you can see, and the changes below in your name.',
  readOnly: 'Read only',
  readOnlyDetail: 'Everything you can see. No changes.',
  onlyReads: 'Read only. It did not ask to change anything.',
  otherScopes: 'Other',
  products: 'Where',
  productMissing: 'Choose at least one product.',
  before: 'You connected {client} from this browser before. What it did not ask for then is marked as new.',
  isNew: 'New',
  upstreamSummary: 'What {provider} will be asked for',
  upstreamDetail: 'The names that {provider} uses for these permissions.',
  approve: 'Continue to {provider}',
  deny: 'Cancel',
  consentFooter: 'It never sees more than you can see yourself, and you can end the connection at any time.',

  choiceTitle: 'Which sites may {client} use?',
  choiceIntro: 'You are signed in as {person}. Only the sites you choose will be reachable.',
  choiceLegend: 'Your sites',
  choiceMissing: 'Choose at least one site.',
  choose: 'Allow the chosen sites',

  accountTitle: 'Your connections',
  accountSignInIntro:
    'See which clients work with your {provider} account through {product}, and end what you no longer want. To know who you are, {provider} is asked for your name and nothing else.',
  accountSignIn: 'Sign in with {provider}',
  accountIntro: 'You are signed in as {person}. These clients may work with your {provider} account.',
  accountEmpty: 'You are signed in as {person}. No client is connected to your {provider} account.',
  accountLastUsed: 'Last used {when}',
  accountSince: 'connected {when}',
  accountEnd: 'End connection',
  accountEndOf: 'End connection of {client}',
  accountEndAll: 'End all connections',
  accountSignOut: 'Sign out of this page',
  accountLost:
    '{provider} no longer lets {client} in everywhere it was allowed. Connect it again to repair that.',
  accountUnreached: 'not reachable',
  accountReconnect: 'Connect to {provider} again',
  accountReconnectOf: 'Connect to {provider} again for {client}',
  accountBudgets: 'What you have used',
  accountEnded: 'The connection was ended. Its client has to ask you again.',
  accountAllEnded: 'All connections were ended. Their clients have to ask you again.',
  accountConnected: 'The connection works again.',

  errors: {
    bad_request: {
      title: 'This link is not complete',
      body: 'The address that brought you here is damaged, too long, or says something twice.',
      next: again,
    },
    client_unknown: {
      title: 'This client is not known here',
      body: 'Its registration may have been removed because it was not used for a long time.',
      next: 'Remove the connection in your client and add it again, so that it registers anew.',
    },
    client_document: {
      title: 'This client could not be verified',
      body: 'The document in which it describes itself could not be fetched, or is not valid.',
      next: 'Try again in a minute. If that does not help, tell the maker of the client.',
    },
    redirect_mismatch: {
      title: 'This client wants to send you somewhere it did not register',
      body: 'For your safety you were not sent there.',
      next: 'Start connecting again from your client. If you did not start this yourself, close this page.',
    },
    redirect_missing: {
      title: 'This client did not say where to send you afterwards',
      body: 'It registered several addresses, and has to name one of them.',
      next: 'Tell the maker of the client.',
    },
    rate_limited: {
      title: 'Too many attempts',
      body: 'There were too many sign-ins from your network in a short time.',
      next: 'Wait a few minutes, and start again from your client.',
    },
    busy: {
      title: 'Too much is going on here at the moment',
      body: 'The server cannot take on another sign-in.',
      next: 'Wait a minute, and start again from your client.',
    },
    tx_gone: {
      title: 'This sign-in is over',
      body: 'It was completed or cancelled already, or it is too old.',
      next: `If your client is not connected: ${again.charAt(0).toLowerCase()}${again.slice(1)}`,
    },
    too_late: {
      title: 'This page was open for too long',
      body: 'For your safety a request to connect is good for a few minutes only.',
      next: again,
    },
    cross_site: {
      title: 'This form did not come from this browser',
      body: 'Nothing was changed. Cookies may be blocked, or another site may have tried to answer for you.',
      next: `Allow cookies for this site. ${again}`,
    },
    state_gone: {
      title: 'This sign-in is over',
      body: 'It was used already, or it took longer than a few minutes.',
      next: again,
    },
    foreign_browser: {
      title: 'This sign-in began in another browser',
      body: 'For your safety it can only be completed where it was started. If you did not start it, somebody may have sent you a link to connect your account to theirs.',
      next: 'If it was you, start again from your client and stay in one browser. If not, close this page.',
    },
    choice_gone: {
      title: 'This choice is over',
      body: 'It was made already, it took longer than a few minutes, or it began in another browser.',
      next: again,
    },
    account_over: {
      title: 'You are signed out of this page',
      body: 'For your safety that happens after a quarter of an hour.',
      next: 'Open the page of your connections and sign in again.',
    },
    account_other: {
      title: 'This connection could not be made again',
      body: 'It has ended, it belongs to another account, or none of its sites is reachable any more.',
      next: 'Start connecting again from your client.',
    },
    account_denied: {
      title: 'You were not signed in',
      body: 'The sign-in was cancelled. Nothing was changed.',
      next: 'Open the page of your connections to try again.',
    },
    failed: {
      title: 'Something went wrong here',
      body: 'The server could not complete this step. It was not your doing.',
      next: 'Wait a minute, and start again from your client.',
    },
  },
}

/** Fills the names in braces. What has no value stays as it is. */
export const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)

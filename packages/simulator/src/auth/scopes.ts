import { productOf, type OperationSpec } from '@telamon/rest'

/** Scopes that no operation names, and that an app may ask for all the same. */
const accountScopes = ['offline_access', 'read:me', 'read:account']

/** What the operations say about scopes: which there are, and which product each belongs to. */
export interface ScopeBook {
  /** Every scope that an app may ask for, sorted. */
  readonly all: readonly string[]
  /** Whether an app may ask for it. */
  isKnown(scope: string): boolean
  /** The product a scope reaches; undefined for scopes of the account itself. */
  productOf(scope: string): 'jira' | 'confluence' | undefined
}

export function createScopeBook(operations: readonly OperationSpec[]): ScopeBook {
  const products = new Map<string, 'jira' | 'confluence'>()
  for (const operation of operations) {
    for (const scope of [...(operation.scopes.classic ?? []), ...(operation.scopes.granular ?? [])]) {
      products.set(scope, productOf(operation))
    }
  }
  return {
    all: [...accountScopes, ...products.keys()].toSorted(),
    isKnown: (scope) => accountScopes.includes(scope) || products.has(scope),
    productOf: (scope) => products.get(scope),
  }
}

const verbs: Record<string, string> = {
  read: 'View',
  readonly: 'View',
  write: 'Create and change',
  delete: 'Delete',
  manage: 'Manage',
  search: 'Search',
  admin: 'Administer',
}

const places: Readonly<Record<string, string>> = {
  jira: 'Jira',
  'jira-software': 'Jira Software',
  confluence: 'Confluence',
  servicedesk: 'service desks',
}

/** One line for the consent page, made from the name of the scope. */
export function describeScope(scope: string): string {
  if (scope === 'offline_access') return 'Stay connected while you are away'
  if (scope === 'read:me') return 'View your profile'
  const [verb = '', thing = '', product] = scope.split(':')
  const [first = '', ...rest] = thing.split('-')
  const place = places[product ?? first]
  const words = (product === undefined && place !== undefined ? rest.join(' ') : thing).replaceAll(
    /[.-]/g,
    ' ',
  )
  const where = place === undefined ? [] : words === '' ? [place] : ['in', place]
  return [verbs[verb] ?? verb, ...(words === '' ? [] : [words]), ...where].join(' ')
}

/** What makes each resource of a client out of what the client has. */
export type Makers<Own, Resources> = { readonly [Name in keyof Resources]: (own: Own) => Resources[Name] }

const key = Symbol('own')

interface Client<Own> {
  readonly [key]: Own
}

/**
 * Resources that are made when they are first asked for. The getters stand on one prototype, so that a client, of which
 * there is one for each request, costs an object and not a closure for each resource.
 */
export function surfaceOf<Own extends object>(
  makers: Readonly<Record<string, (own: Own) => unknown>>,
): (base: object, own: Own) => object {
  const prototype = {}
  for (const [name, make] of Object.entries(makers)) {
    Object.defineProperty(prototype, name, {
      enumerable: true,
      get(this: Client<Own>) {
        const value = make(this[key])
        Object.defineProperty(this, name, { value, enumerable: true })
        return value
      },
    })
  }
  return (base, own) => Object.assign(Object.create(prototype, { [key]: { value: own } }), base)
}

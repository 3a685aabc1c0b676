/** Trace ids are hexadecimal; anything else is not repeated in a message. */
export function traceOf(headers: Headers): { readonly traceId?: string } {
  const id = headers.get('atl-traceid')
  return id !== null && /^[\w-]{1,64}$/.test(id) ? { traceId: id } : {}
}

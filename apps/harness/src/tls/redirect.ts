/**
 * A module for `node --import`: connections to Atlassian's names go to the simulator on this machine. Written into a file
 * for the client's own process, since that is where its connections are made.
 *
 * @param port where the simulator listens with its certificate
 */
export function redirectModule(port: number): string {
  return `// Leads connections to Atlassian's names to the simulator on port ${port} of this machine.
import { Socket } from 'node:net'

const names = /^(?:[\\w-]+\\.)*atlassian\\.(?:com|net)$/i
const { connect } = Socket.prototype

const here = (options) =>
  typeof options === 'object' && options !== null && names.test(options.host ?? '')
    ? { ...options, host: '127.0.0.1', port: ${port}, servername: options.servername ?? options.host }
    : options

Socket.prototype.connect = function (...args) {
  // Node hands on what it has read of the arguments as a marked list.
  if (Array.isArray(args[0])) args[0][0] = here(args[0][0])
  else args[0] = here(args[0])
  return Reflect.apply(connect, this, args)
}
`
}

/** Runs the peer `mcp-proxy` between standard input and a server, which only its library does. */
import { ServerType, startStdioServer } from 'mcp-proxy'

await startStdioServer({ serverType: ServerType.HTTPStream, url: process.argv[2] ?? '' })

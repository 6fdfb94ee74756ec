// A static server for the reference pages: a folder, nothing more.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import path from 'node:path'

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/**
 * Serves the files of a folder on a free port of the loopback address.
 * @param {string} folder
 * @returns {Promise<{ origin: string, close: () => void }>}
 */
export async function serveFolder(folder) {
  const server = createServer(async (request, response) => {
    const file = path.join(folder, path.normalize(new URL(request.url, 'http://local').pathname))
    const body = file.startsWith(folder) ? await readFile(file).catch(() => null) : null
    if (body === null) response.writeHead(404).end()
    else response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'text/plain' }).end(body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

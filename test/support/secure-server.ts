import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { createServer } from 'node:tls'
import { generate } from 'selfsigned'
import { onTestFinished } from 'vitest'
import { PACED, referenceServer } from './reference-server.ts'
import { scratchFolder } from './scratch-folder.ts'

/** A certificate of `localhost` and `llm.test`, which vouches for itself. */
export async function certificate(): Promise<{ cert: string; key: string }> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: ['localhost', 'llm.test'].map((value) => ({ type: 2, value })),
      },
    ],
  })
  return { cert, key }
}

/** The environment of a process that trusts a certificate. */
export async function trusting(cert: string): Promise<{ NODE_EXTRA_CA_CERTS: string }> {
  const file = join(await scratchFolder(), 'certificate.pem')
  await writeFile(file, cert)
  return { NODE_EXTRA_CA_CERTS: file }
}

/** The reference server behind TLS; gives its base URL. */
export async function secureServer(
  host: 'localhost' | 'llm.test',
  pair: { cert: string; key: string },
): Promise<string> {
  const behind = new URL(await referenceServer(PACED))
  const server = createServer(pair, (socket) => {
    const inner = connect(Number(behind.port), behind.hostname)
    socket.on('error', () => inner.destroy()).pipe(inner)
    inner.on('error', () => socket.destroy()).pipe(socket)
  })
  server.on('tlsClientError', () => {})
  server.listen(0, 'localhost')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return `https://${host}:${(server.address() as AddressInfo).port}/v1`
}

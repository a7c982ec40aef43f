import { expect, test } from 'vitest'
import { chat } from '../../src/protocol/index.ts'
import { resolveTarget } from '../../src/endpoint/index.ts'

const PUBLIC = [
  'abc123.ngrok-free.app/v1',
  'llm-proxy-x7k2.a.run.app/v1',
  'API.example.com/v1',
  '8.8.8.8/v1',
  '10.example.com/v1',
  'localhost:443',
]
const PRIVATE = [
  'localhost:18831/m/ok',
  'Localhost:8000',
  'localhost',
  '127.0.0.1:8000',
  '192.168.1.20:8000/v1',
  '172.20.0.3:8000',
  '10.0.0.7:8000',
  '[::1]:8000',
  '[fd00::7]:8000',
  'llm:8000/v1',
  'llm.team.internal/v1',
  'my_host:8991',
]

test.each([
  ...PUBLIC.map((text) => [text, `https://${text}`]),
  ...PRIVATE.map((text) => [text, `http://${text}`]),
  ['//api.example.com/v1', 'https://api.example.com/v1'],
  ['https//api.example.com/v1', 'https://api.example.com/v1'],
  ['http//localhost:8000', 'http://localhost:8000'],
  ['htp://localhost:8000', 'http://localhost:8000'],
  ['htttps://localhost:8000', 'https://localhost:8000'],
  ['ttp://api.example.com/v1', 'https://api.example.com/v1'],
])('%s lacks a scheme; %s may be meant', (url, meant) => {
  expect(() => resolveTarget({ url }, chat)).toThrow(
    `"${url}" is not an http:// or https:// URL; did you mean ${meant}?`,
  )
})

test.each([
  'ftp://example.com',
  'sftp://example.com',
  'sk_live_ab/v1',
  'my_key:8000000',
  'chekc',
  '4f9a0c7d2e81b635.9bX8cY7dE6fG5hI4',
])('of %s nothing is made', (url) => {
  expect(() => resolveTarget({ url }, chat)).toThrow(/ is not an http:\/\/ or https:\/\/ URL$/)
})

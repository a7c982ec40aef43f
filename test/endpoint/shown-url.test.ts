import { expect, test } from 'vitest'
import { shownUrl } from '../../src/endpoint/index.ts'

test.each([
  ['https://api.example.com/v1', 'https://api.example.com/v1'],
  ['https://api.example.com/v1?api_key=4aZq7', 'https://api.example.com/v1?...'],
  ['https://ava:4aZq7@api.example.com/v1', 'https://...@api.example.com/v1'],
  ['https://ava:4a/Z?q#7@api.example.com/v1', 'https://...@api.example.com/v1'],
  ['localhost:8000/v1#4aZq7', 'localhost:8000/v1#...'],
  ['localhost:18831/m/ok', 'localhost:18831/m/ok'],
  ['abc123.ngrok-free.app/v1', 'abc123.ngrok-free.app/v1'],
  ['[::1]:8000', '[::1]:8000'],
  ['https//api.example.com/v1?k=4aZq7', 'https//api.example.com/v1?...'],
  ['api.example.com/sk-proj-Ab3Zx9QwErTy7uIoP1mN/v1', 'api.example.com/.../v1'],
  ['sk-4aZq7Wmx.example', '...'],
  ['4aZq7WmxKc2Lt5.secret', '...'],
  ['4f9a0c7d2e81b6354f9a0c7d2e81b635:8000', '...'],
  ['4f9a0c7d2e81b635.9bX8cY7dE6fG5hI4', '...'],
  ['chekc', 'chekc'],
  ['sk-4aZq7', '...'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIi.4aZq7', '...'],
  ['ava:4aZq7@host', '...'],
  ['0123456789abcdef.9876543210fedcba', '...'],
  ['http://h/sk-proj-Ab3Zx9QwErTy7uIoP1mN/v1', 'http://h/.../v1'],
])('%s', (text, shown) => {
  expect(shownUrl(text)).toBe(shown)
})

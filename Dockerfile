FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
COPY rolldown.config.ts tsconfig.json tsconfig.build.json ./
COPY scripts/precompiled.ts ./scripts/
COPY src ./src
RUN npm run build
RUN npm prune --omit=dev

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY fixtures ./fixtures
COPY schemas ./schemas
COPY deploy ./deploy
USER node
EXPOSE 8787
ENTRYPOINT ["node", "/app/dist/cli/bin.js"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8787"]

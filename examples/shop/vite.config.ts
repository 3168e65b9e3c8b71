/** The page and the graph share an origin: GRAPHQL_ORIGIN says where the server is. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const proxy = { "/graphql": process.env.GRAPHQL_ORIGIN ?? "http://127.0.0.1:4000" };

export default defineConfig({ plugins: [react()], server: { proxy }, preview: { proxy } });

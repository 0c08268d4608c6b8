#!/usr/bin/env node
// The terminal program, straight from its sources: Node 24 strips the types.
import { runChild } from './child.mjs';
import { inProject, node24 } from './project.mjs';

try {
  const args = [inProject('src-main/cli/cli.ts'), ...process.argv.slice(2)];
  // Types are stripped once, not at each command.
  const env = { ...process.env, NODE_COMPILE_CACHE: inProject('.cache/compiled') };
  process.exitCode = await runChild(node24(), args, { cwd: process.cwd(), env });
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

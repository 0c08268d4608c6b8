import { expect, test } from 'vitest';
import { readSource, sourceFiles } from './source-tree.ts';

const bucket = /(^|[-/])(utils?|helpers?|common|misc|tools|manager|core|base|types|index)([-./]|$)/;
const kebab = /\/[a-z0-9]+(-[a-z0-9]+)*(\.electron|\.test|\.spec)?\.tsx?$/;
const bareTodo = /(\/\/|\*)\s{0,9}(TODO|FIXME|XXX|HACK)(?!\(#\d+\))/;
/** Tables of data are as long as their subject. */
const tables =
  /^tests\/architecture\/dependency-rules\.ts$|^src-main\/demo-servers\/stock\/|^src-main\/store\/migrations\/\d|^tests\/.*\/hostile-/;
const longestFile = 300;
const longestFunction = 60;

test('the walk finds the program', () => {
  expect(sourceFiles).toContain('src-main/app/paths.ts');
  expect(sourceFiles.length).toBeGreaterThan(60);
});

test('no file or folder is a bucket', () => {
  expect(bucket.test('src-main/mail/helpers.ts')).toBe(true);
  expect(sourceFiles.filter((file) => bucket.test(file))).toEqual([]);
});

test('names are kebab-case, with the suffixes we allow', () => {
  expect(sourceFiles.filter((file) => !kebab.test(file))).toEqual([]);
});

test('a note of work left carries an issue number', () => {
  expect(sourceFiles.filter((file) => bareTodo.test(readSource(file)))).toEqual([]);
});

test(`no file is longer than ${longestFile} lines of code`, () => {
  const long = sourceFiles
    .filter((file) => !tables.test(file))
    .map((file) => ({ file, lines: codeLines(readSource(file)) }))
    .filter(({ lines }) => lines > longestFile);
  expect(long).toEqual([]);
});

test(`no function of the program is longer than ${longestFunction} lines`, () => {
  expect(longFunctions('x.ts', `function long() {\n${'  a();\n'.repeat(61)}}\n`)).toHaveLength(1);
  const long = sourceFiles
    // A component is mostly its markup; a suite is one function by the form of the test runner.
    .filter((file) => file.startsWith('src-') && file.endsWith('.ts') && !tables.test(file))
    .flatMap((file) => longFunctions(file, readSource(file)));
  expect(long).toEqual([]);
});

function codeLines(source: string): number {
  return source.split('\n').filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/?\*)/.test(line)).length;
}

/** Functions as the formatter lays them out: from their first line to the closing brace at the same indentation. */
function longFunctions(file: string, source: string): readonly string[] {
  const lines = source.split('\n');
  const opening = /^(\s*)(?:export )?(?:async )?function\*? ?(\w+)/;
  return lines.flatMap((line, start) => {
    const [, indent, name] = opening.exec(line) ?? [];
    // A function that builds an object of methods is as long as its table; its methods are short on their own.
    if (indent === undefined || name?.startsWith('create')) return [];
    const length = lines.slice(start).findIndex((later, at) => at > 0 && later === `${indent}}`);
    const body = lines.slice(start, start + length).join('\n');
    return codeLines(body) > longestFunction ? [`${file}: ${name} (${codeLines(body)})`] : [];
  });
}

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type XmlDocument as Document, ParseOption, XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

/** Microsoft's schema of Exchange Web Services and real exchanges lie beside the repository: they are not ours to ship. */
export const schemaFolder = [resolve('..', 'shared', 'ews-schema'), resolve('shared', 'ews-schema')].find((folder) =>
  existsSync(join(folder, 'Messages.xsd')),
);

let validator: XsdValidator | null | undefined;

function validatorOnce(): XsdValidator | null {
  if (validator !== undefined) return validator;
  if (schemaFolder === undefined) {
    process.stderr.write(
      'Exchange: no schema beside the repository (../shared/ews-schema): requests and answers are not held against it\n',
    );
    validator = null;
    return validator;
  }
  xmlRegisterFsInputProviders();
  const file = join(schemaFolder, 'Messages.xsd');
  validator = XsdValidator.fromDoc(XmlDocument.fromString(readFileSync(file, 'utf8'), { url: file }));
  return validator;
}

export const parseXml = (text: string): Document =>
  XmlDocument.fromString(text, { option: ParseOption.XML_PARSE_HUGE });

/** What the schema says against what stands in an envelope's body; null: nothing, or there is no schema here. */
export function schemaFault(body: string): string | null {
  const schema = validatorOnce();
  if (schema === null) return null;
  const document = parseXml(body);
  try {
    schema.validate(document);
    return null;
  } catch (error) {
    // libxml2 names each of some hundred words that would have been right.
    return (error instanceof Error ? error.message : String(error)).slice(0, 400);
  } finally {
    document.dispose();
  }
}

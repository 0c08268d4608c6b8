import * as ews from 'ews-javascript-api';

/**
 * ews-javascript-api with its writer mended, the one file that imports it. The library puts values and attributes into its XML as they are ("&" breaks a request, a folder's name
 * could add an element to it), by design. Two methods are replaced here rather than in a patched package: the package stays as it is published, and the tests say when they fail.
 */
const writer = ews.EwsServiceXmlWriter.prototype as unknown as {
  WriteValue(value: string, name: string): void;
  WriteAttributeString(...parts: string[]): void;
};
const { WriteValue: writeValue, WriteAttributeString: writeAttribute } = writer;

writer.WriteValue = function write(value, name) {
  writeValue.call(this, escaped(value), name);
};
writer.WriteAttributeString = function write(...parts) {
  const last = parts.length - 1;
  writeAttribute.apply(this, parts.with(last, escaped(parts[last])));
};

/** Controls that XML 1.0 cannot say (2.2), and the two that are no characters. */
const unsayable = /(?![\t\n\r])\p{Cc}(?<![\u007F-\u009F])|[\uFFFE\uFFFF]/gu;

/** Without them: Exchange ends a request that has one with an error of its own. */
export function escaped(value: unknown): string {
  return String(value)
    .toWellFormed()
    .replace(unsayable, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/**
 * Zones of meetings are kept as they are told. The library makes one of its own tables of them, which end with the year of their making, and of a server of 2007's nothing; what it
 * cannot make is left out without a word.
 */
const { StartTimeZone: zone, MeetingTimeZone: oldZone } = ews.AppointmentSchema as unknown as Readonly<
  Record<'StartTimeZone' | 'MeetingTimeZone', Loading>
>;
interface Loading {
  LoadPropertyValueFromXmlJsObject(
    told: unknown,
    service: unknown,
    bag: { _setItem(key: unknown, value: unknown): void },
  ): void;
}
for (const definition of [zone, oldZone])
  definition.LoadPropertyValueFromXmlJsObject = (told, _service, bag) => bag._setItem(zone, told);

export { ews };

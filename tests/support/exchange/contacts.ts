import { addItem, type StoredFolder, type StoredItem, touchItem } from './mailboxes.ts';
import { escapeXml } from './words.ts';

/** In the words of the schema. Empty: left out of the answer, as by a server that has not got it. */
export interface StoredContact {
  displayName: string;
  fileAs: string;
  companyName: string;
  department: string;
  jobTitle: string;
  /** By key: EmailAddress1 to 3. */
  addresses: Readonly<Record<string, string>>;
  /** By key: BusinessPhone, MobilePhone… */
  phones: Readonly<Record<string, string>>;
}

export function addContact(folder: StoredFolder, contact: Partial<StoredContact> = {}): StoredItem {
  const whole: StoredContact = {
    displayName: `Person ${folder.log.length}`,
    ...{ fileAs: '', companyName: '', department: '', jobTitle: '' },
    addresses: { EmailAddress1: `person${folder.log.length}@company.example` },
    phones: {},
    ...contact,
  };
  return addItem(folder, { raw: '', element: 'Contact', contact: whole });
}

export function changeContact(folder: StoredFolder, item: StoredItem, change: Partial<StoredContact>): void {
  Object.assign(item.contact ?? {}, change);
  touchItem(folder, item);
}

/** In the order of the schema; of addresses and numbers what was asked for. */
export function contactXml({ id, changeKey }: StoredItem, contact: StoredContact, fields: readonly string[]): string {
  const text = (name: string, value: string): string =>
    fields.includes(`contacts:${name}`) && value !== '' ? `<t:${name}>${escapeXml(value)}</t:${name}>` : '';
  const entries = (field: string, name: string, values: Readonly<Record<string, string>>): string => {
    const told = Object.entries(values).filter(([key]) => fields.includes(`contacts:${field} ${key}`));
    const all = told.map(([key, value]) => `<t:Entry Key="${key}">${escapeXml(value)}</t:Entry>`);
    return all.length === 0 ? '' : `<t:${name}>${all.join('')}</t:${name}>`;
  };
  const parts = [
    `<t:ItemId Id="${escapeXml(id)}" ChangeKey="${escapeXml(changeKey)}"/>`,
    text('FileAs', contact.fileAs),
    text('DisplayName', contact.displayName),
    text('CompanyName', contact.companyName),
    entries('EmailAddress', 'EmailAddresses', contact.addresses),
    entries('PhoneNumber', 'PhoneNumbers', contact.phones),
    text('Department', contact.department),
    text('JobTitle', contact.jobTitle),
  ];
  return `<t:Contact>${parts.join('')}</t:Contact>`;
}

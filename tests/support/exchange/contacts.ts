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

/** A list of people (DistributionList). */
export interface StoredList {
  displayName: string;
  fileAs: string;
  /** As MembersListType tells them: `type` is that of a mailbox, `id` of a list within the list. */
  members: readonly { readonly name: string; readonly address: string; readonly type: string; readonly id?: string }[];
}

export function addList(folder: StoredFolder, list: Partial<StoredList> = {}): StoredItem {
  const whole: StoredList = { displayName: `List ${folder.log.length}`, fileAs: '', members: [], ...list };
  return addItem(folder, { raw: '', element: 'DistributionList', list: whole });
}

export function changeList(folder: StoredFolder, item: StoredItem, change: Partial<StoredList>): void {
  Object.assign(item.list ?? {}, change);
  touchItem(folder, item);
}

/** In the order of the schema. */
export function listXml({ id, changeKey }: StoredItem, list: StoredList, fields: readonly string[]): string {
  const text = (name: string, value: string): string =>
    fields.includes(`contacts:${name}`) && value !== '' ? `<t:${name}>${escapeXml(value)}</t:${name}>` : '';
  const members = list.members.map(({ name, address, type, id: within }, at) => {
    const item = within === undefined ? '' : `<t:ItemId Id="${escapeXml(within)}" ChangeKey="x"/>`;
    const told = address === '' ? '' : `<t:EmailAddress>${escapeXml(address)}</t:EmailAddress>`;
    const routing = address === '' ? '' : `<t:RoutingType>${address.startsWith('/') ? 'EX' : 'SMTP'}</t:RoutingType>`;
    const mailbox = `<t:Name>${escapeXml(name)}</t:Name>${told}${routing}<t:MailboxType>${type}</t:MailboxType>${item}`;
    return `<t:Member Key="${at}"><t:Mailbox>${mailbox}</t:Mailbox><t:Status>Normal</t:Status></t:Member>`;
  });
  const asked = fields.includes('distributionlist:Members') && members.length > 0;
  const parts = [
    `<t:ItemId Id="${escapeXml(id)}" ChangeKey="${escapeXml(changeKey)}"/>`,
    text('DisplayName', list.displayName),
    text('FileAs', list.fileAs),
    asked ? `<t:Members>${members.join('')}</t:Members>` : '',
  ];
  return `<t:DistributionList>${parts.join('')}</t:DistributionList>`;
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

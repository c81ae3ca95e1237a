// Parses the GIFT file named on the command line and prints what it found as JSON: type and title of each question.
const { parse } = require("./pegjs-gift.cjs");
const found = parse(require("fs").readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify(found.filter(one => one.type !== "Category").map(one => [one.type, one.title])));

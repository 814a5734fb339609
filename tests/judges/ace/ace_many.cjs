// Ace by DAISY over many EPUBs in one node process and one chromium: ACE_HOME=... ACE_REPORTS=... node ace_many.cjs FILE.epub...
// ACE_HOME holds the node_modules; ACE_REPORTS takes Ace's own reports; PUPPETEER_EXECUTABLE_PATH is the browser.
// One line per violation: FILE: IMPACT RULE: DOCUMENT POINTER: DESCRIPTION.
// Exit 0 whenever every file was judged; a file on which Ace itself breaks is a finding.
const path = require('path');
const load = require('module').createRequire(path.join(process.env.ACE_HOME, 'from-here.js'));
const ace = load('@daisy/ace-core');
const runner = load('@daisy/ace-axe-runner-puppeteer');
load('@daisy/ace-logger').initLogger({ verbose: false, silent: true, fileName: path.join(process.env.ACE_REPORTS, 'ace.log') });

// The first file starts the browser, the end of the run closes it.
const { launch, close } = runner;
let browser = null;
runner.launch = () => (browser ||= launch.call(runner));
runner.close = () => Promise.resolve();

const oneLine = (text) => String(text ?? '').replace(/\s+/g, ' ').trim();

async function violations(file, outdir) {
  const options = { cwd: process.cwd(), outdir, silent: true, jobId: '', doNotReportMedia: true };
  const [, report] = await ace(path.resolve(file), options, runner);
  if (!report || !Array.isArray(report.assertions)) throw new Error('Ace wrote no report');
  return report.assertions.flatMap((document) => document.assertions.map(({ 'earl:test': test, 'earl:result': result }) => {
    const pointer = [result['earl:pointer']?.css ?? ''].flat().join(' ');
    return `${test['earl:impact']} ${test['dct:title']}: ${document['earl:testSubject'].url} ${pointer}: ${result['dct:description']}`;
  }));
}

(async () => {
  const files = process.argv.slice(2);
  for (const [index, file] of files.entries()) {
    let found;
    try {
      found = await violations(file, path.join(process.env.ACE_REPORTS, String(index)));
    } catch (problem) {
      // A browser that does not start is no verdict on the file.
      if (browser && (await browser.then(() => false, () => true))) throw problem;
      found = [`Ace broke off: ${problem?.message || problem}`];
    }
    for (const finding of found) console.log(`${file}: ${oneLine(finding)}`);
  }
  await close.call(runner).catch(() => {});
  process.exit(0);
})().catch((problem) => {
  console.error(oneLine(problem?.stack ?? problem));
  process.exit(2);
});

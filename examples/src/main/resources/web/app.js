'use strict';
// Texts of documents and models reach the page as textContent only, never as markup.

const byId = id => document.getElementById(id);
const form = byId('form');
const log = byId('log');
const conversation = sessionStorage.chat ??= Array.from(crypto.getRandomValues(new Uint32Array(4)), n => n.toString(16)).join('-');
const STREAMS = new Set();

let about = {questions: [], rerankers: []};
let story = null;      // the ranking shown, its question, answer and judgements
let picked = null;     // retrieval rank of the passage that both lists mark

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

// --- settings and the URL ---------------------------------------------------------------------------------------------

const SETTINGS = ['q', 'model', 'depth', 'timeout', 'fault', 'topK', 'minScore', 'compare'];

function settings() {
  const values = new URLSearchParams(new FormData(form));
  if (minimum() === null) values.delete('minScore');
  return values;
}

function readUrl() {
  const values = new URLSearchParams(location.search);
  for (const name of SETTINGS) {
    const field = form.elements[name];
    if (!values.has(name) || !field) continue;
    if (field.type === 'checkbox') field.checked = true;
    else if (field.tagName !== 'SELECT' || [...field.options].some(option => option.value === values.get(name))) {
      if (name === 'minScore') widen(field, Number(values.get(name)));
      field.value = values.get(name);
    }
  }
  return values.has('q');
}

function widen(range, value) {
  if (Number.isFinite(value)) {
    range.min = Math.min(Number(range.min), Math.floor(value));
    range.max = Math.max(Number(range.max), Math.ceil(value));
  }
}

const writeUrl = () => history.replaceState(null, '', '?' + settings());

// --- asking -----------------------------------------------------------------------------------------------------------

function ask() {
  STREAMS.forEach(stop => stop());
  const question = form.elements.q.value.trim();
  if (!question) return;
  writeUrl();
  byId('problem').hidden = true;
  byId('status').textContent = '';
  const answers = element('div', 'answers');
  log.append(element('div', 'turn', element('p', 'asked', question), answers));
  log.setAttribute('aria-busy', 'true');
  const compare = form.elements.compare.checked && form.elements.model.value !== 'none';
  const told = [listen(settings(), conversation, answers, compare ? 'With reranking' : '', true)];
  if (compare) {
    const plain = settings();
    plain.set('model', 'none');
    told.push(listen(plain, conversation + '-plain', answers, 'Without reranking', false));
  }
  Promise.all(told).then(states => {
    log.setAttribute('aria-busy', 'false');
    byId('status').textContent = states.filter(Boolean).join(' ');
  });
}

/** Shows one answer while it arrives; resolves with a sentence about it. */
function listen(values, chat, answers, by, main) {
  const text = element('p', 'answer');
  answers.append(element('div', '', ...(by ? [element('p', 'by', by)] : []), text));
  values.set('chat', chat);
  return new Promise(resolve => {
    const events = new EventSource('api/ask?' + values);
    let passages = [];
    const end = sentence => {
      events.close(); // otherwise the browser would send the request again
      STREAMS.delete(stop);
      resolve(sentence);
    };
    const stop = () => end('');
    STREAMS.add(stop);
    const on = (name, react) => events.addEventListener(name, event => react(JSON.parse(event.data)));
    on('ranking', ranking => {
      passages = ranking.passages;
      if (main) show(ranking, values.get('q'));
    });
    on('token', token => {
      text.textContent += token;
      log.scrollTop = log.scrollHeight;
    });
    on('done', done => {
      showAnswer(text, done.citations, main);
      if (main) {
        showStages(done.stages);
        story.answer = done;
        story.cited = done.citations.cited;
        render();
      }
      const unknown = done.citations.unknown;
      end((by ? by + ': ' : '') + `answered from ${count(passages.filter(p => p.kept).length, 'passage')}, `
        + `${done.citations.cited.length} cited`
        + (unknown ? `; ${count(unknown, 'citation')} ${unknown === 1 ? 'names' : 'name'} no passage` : '') + '.');
    });
    on('failed', failure => {
      problem(failure.message);
      end('There is no answer.');
    });
    events.onerror = () => {
      problem('The server does not respond: is ./demo web still running?');
      end('There is no answer.');
    };
  });
}

const count = (number, what) => `${number} ${what}${number === 1 ? '' : 's'}`;

function problem(message) {
  byId('problem').textContent = message;
  byId('problem').hidden = false;
}

function showAnswer(text, citations, main) {
  text.replaceChildren(...citations.parts.map(part => {
    if (part.cites === null || !main) return part.text;
    const button = element('button', 'cite', part.text);
    button.type = 'button';
    button.setAttribute('aria-label', `passage ${part.cites}`);
    button.addEventListener('click', () => {
      const cited = story.ranking.passages.find(passage => passage.kept === part.cites);
      pick(cited.retrievalRank);
      focusPassage(cited.retrievalRank);
    });
    return button;
  }));
}

function focusPassage(id) {
  const row = document.querySelector(`#after [data-passage="${id}"]`);
  row.scrollIntoView({block: 'center'});
  row.querySelector('.pick').focus({preventScroll: true});
}

// --- selection by the library's rule ----------------------------------------------------------------------------------

/** The minimum score; null if the slider is at its lowest position, which means no minimum. */
function minimum() {
  const slider = form.elements.minScore;
  return slider.value === slider.min ? null : Number(slider.value);
}

/**
 * Selects as RerankingContentAggregator does: first by minimum score, which does not apply to unscored passages, then the
 * first k of the remaining ones, by rank. Passages dropped before that stay dropped.
 */
function select(passages, minScore, topK) {
  const kept = [];
  const reasons = new Map();
  for (const passage of [...passages].sort((one, other) => one.rank - other.rank)) {
    if (!passage.selectable) reasons.set(passage, passage.dropReason);
    else if (minScore !== null && passage.score !== null && passage.score < minScore) {
      reasons.set(passage, `below minimum score ${number(minScore)}`);
    } else if (kept.length === topK) reasons.set(passage, `beyond top ${topK}`);
    else kept.push(passage);
  }
  return {kept, reasons};
}

function selected() {
  return select(story.ranking.passages, minimum(), Number(form.elements.topK.value));
}

// --- ranking ----------------------------------------------------------------------------------------------------------

function show(ranking, question) {
  const same = story && story.question === question;
  story = {question, ranking, cited: [], judgements: same ? story.judgements : {}};
  picked = null;
  byId('story').hidden = false;
  byId('afterTitle').textContent = ranking.scale ? 'Reranked' : 'Kept (not reranked)';
  byId('banner').textContent = ranking.banner ?? '';
  byId('banner').hidden = !ranking.banner;
  byId('report').hidden = !ranking.id;
  if (ranking.id) byId('report').href = 'api/report?id=' + ranking.id;
  fitSlider();
  render();
  measure();
}

/** The axis that bars and slider share: the model's own scale. */
function axis() {
  const scores = story.ranking.passages.map(passage => passage.rawScore).filter(score => score !== null);
  const low = Math.min(...scores);
  const high = Math.max(...scores);
  switch (story.ranking.scale) {
    case 'logit': return {low: Math.min(-12, Math.floor(low)), high: Math.max(12, Math.ceil(high)), origin: 0, step: 0.1};
    case 'probability': return {low: 0, high: 1, origin: 0, step: 0.01};
    default: return {low: scores.length ? low : 0, high: high > low ? high : low + 1, origin: low, step: (high - low) / 100 || 1};
  }
}

function fitSlider() {
  const slider = form.elements.minScore;
  slider.disabled = !story.ranking.scale;
  if (slider.disabled) return;
  const {low, high, step} = axis();
  const none = minimum() === null;
  const value = slider.value;
  Object.assign(slider, {min: low, max: high, step: Number(step.toPrecision(1))});
  slider.value = none ? slider.min : value;
}

function number(value) {
  const digits = story?.ranking.scale === 'probability' ? 3 : 2;
  return value.toFixed(digits).replace('-', '−');
}

function render() {
  const {kept, reasons} = selected();
  const passages = story.ranking.passages;
  const scored = passages.filter(passage => passage.score !== null).length;
  const newcomers = kept.filter(passage => passage.retrievalRank > kept.length).length;
  byId('summary').textContent = `${passages.length} found, ${scored} scored, ${kept.length} kept`
    + (kept.length ? `; ${newcomers} of the ${kept.length} ${newcomers === 1 ? 'was' : 'were'} not in the first ${kept.length} before` : '');
  byId('legend').textContent = {
    logit: 'Bars are logits: the line marks 0, even odds; further right is more relevant.',
    probability: 'Bars are the probabilities of the model, from 0 to 1.',
    relative: 'Bars are relative: only their order is meaningful.',
  }[story.ranking.scale] ?? 'Not reranked: this is the order of the search.';
  const byPlace = [...passages].sort((one, other) => one.rank - other.rank);
  byId('retrieved').replaceChildren(...passages.map(passage => before(passage, reasons.get(passage))));
  byId('kept').replaceChildren(...kept.map(passage => after(passage)));
  byId('dropped').replaceChildren(...byPlace.filter(passage => reasons.has(passage)).map(passage => after(passage, reasons.get(passage))));
  const tokens = Math.round(kept.reduce((sum, passage) => sum + passage.text.length, 0) / 4);
  byId('keeps').textContent = `keeps ${kept.length} of ${passages.length}, about ${tokens} tokens`;
  outputs(kept.length, passages.length);
  draw();
}

function outputs(kept, all) {
  const minScore = minimum();
  const shown = minScore === null ? 'none' : number(minScore);
  byId('topKValue').textContent = form.elements.topK.value;
  byId('minScoreValue').textContent = shown;
  const keeps = all === undefined ? '' : `, keeps ${kept} of ${all}`;
  form.elements.minScore.setAttribute('aria-valuetext', shown + keeps);
  form.elements.topK.setAttribute('aria-valuetext', form.elements.topK.value + keeps);
}

function direction(passage) {
  return passage.rank === passage.retrievalRank ? 'same' : passage.rank < passage.retrievalRank ? 'up' : 'down';
}

function move(passage) {
  const from = passage.retrievalRank;
  const to = passage.rank;
  const text = {same: `= ${to}`, up: `▲ ${from - to} (${from} → ${to})`, down: `▼ ${to - from} (${from} → ${to})`};
  return element('span', 'move ' + direction(passage), text[direction(passage)]);
}

function row(passage, place, ...facts) {
  const pickButton = element('button', 'pick', element('span', 'place', `${place}. `), passage.title || passage.source);
  pickButton.type = 'button';
  const line = element('div', 'facts', ...facts);
  const item = element('li', 'passage', pickButton, line, text(passage));
  item.dataset.passage = passage.retrievalRank;
  item.addEventListener('click', event => {
    const button = event.target.closest('button');
    if (!button || button === pickButton) pick(picked === passage.retrievalRank ? null : passage.retrievalRank);
  });
  mark(item);
  return item;
}

function before(passage, reason) {
  return row(passage, passage.retrievalRank,
    element('span', '', `search score ${passage.retrievalScore.toFixed(4)}`),
    element('span', '', reason ? 'dropped' : `→ ${passage.rank}`));
}

function after(passage, reason) {
  const facts = [move(passage)];
  if (reason) facts.push(element('span', 'reason', reason));
  if (passage.score === null && story.ranking.notScored) facts.push(element('span', 'reason', `not scored: ${story.ranking.notScored}`));
  if (passage.kept && story.cited.includes(passage.kept)) facts.push(element('span', 'cited', `cited as [${passage.kept}]`));
  if (passage.rawScore !== null) facts.push(element('span', '', `${story.ranking.scale} ${number(passage.rawScore)}`));
  if (passage.rawScore !== passage.score) facts.push(element('span', '', `reported ${number(passage.score)}`));
  facts.push(element('span', 'more', `search score ${passage.retrievalScore.toFixed(4)}`));
  facts.push(element('span', 'more', passage.source));
  if (!['scored', 'retrieval'].includes(passage.stage)) facts.push(element('span', 'more', `ranked by stage “${passage.stage}”`));
  const item = row(passage, passage.rank, ...facts);
  if (passage.rawScore !== null) item.insertBefore(bar(passage.rawScore), item.lastChild);
  item.append(judge(passage));
  item.dataset.dropped = reason ? 'true' : 'false';
  mark(item);
  return item;
}

function bar(score) {
  const {low, high, origin} = axis();
  const at = value => (value - low) / (high - low) * 100;
  const drawn = element('span', 'score');
  drawn.style.left = Math.min(at(origin), at(score)) + '%';
  drawn.style.width = Math.abs(at(score) - at(origin)) + '%';
  const made = element('div', 'axis', drawn);
  made.setAttribute('aria-hidden', 'true');
  if (story.ranking.scale === 'logit') {
    const zero = element('span', 'zero');
    zero.style.left = at(0) + '%';
    made.append(zero);
  }
  return made;
}

// --- text of a passage ------------------------------------------------------------------------------------------------

function text(passage) {
  const {start, end} = passage.window ?? {start: 0, end: 0};
  const made = element('p', 'text', ...underlined(passage.text.slice(0, start)));
  made.dir = 'auto';
  if (end > start) made.append(element('mark', '', ...underlined(passage.text.slice(start, end))));
  made.append(...underlined(passage.text.slice(end)));
  if (passage.truncated) {
    made.append(element('span', 'cut', story.ranking.maxTokens
      ? ` …cut at ${story.ranking.maxTokens} tokens` : ' …the model read only the beginning'));
  }
  return made;
}

/** Words that any question may contain; they do not characterise a passage. */
const ASKING = new Set(['about', 'been', 'could', 'does', 'from', 'have', 'into', 'that', 'their', 'there', 'they', 'this',
  'were', 'what', 'when', 'where', 'which', 'whom', 'whose', 'with', 'would']);

const words = string => string.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [];

/** Returns a text with the content words of the question underlined. */
function underlined(string) {
  const terms = new Set(words(story.question).filter(word => !ASKING.has(word)));
  return string.split(/([\p{L}\p{N}]+)/u).filter(Boolean)
    .map(part => terms.has(part.toLowerCase()) ? element('u', '', part) : part);
}

// --- picking ----------------------------------------------------------------------------------------------------------

function pick(id) {
  picked = id;
  document.querySelectorAll('li.passage').forEach(mark);
  draw();
}

function mark(item) {
  const chosen = Number(item.dataset.passage) === picked;
  item.classList.toggle('picked', chosen);
  item.classList.toggle('brief', item.dataset.dropped === 'true' && !chosen);
  item.querySelector('.pick').setAttribute('aria-pressed', String(chosen));
}

/** Draws one line per passage between its two positions, which are measured again after every change of the layout. */
function draw() {
  const svg = byId('lines');
  const top = svg.getBoundingClientRect().top;
  const middle = item => {
    const box = item.querySelector('.pick').getBoundingClientRect();
    return box.top + box.height / 2 - top;
  };
  const width = svg.getBoundingClientRect().width;
  const left = new Map([...byId('retrieved').children].map(item => [item.dataset.passage, item]));
  svg.replaceChildren(...(story ? [...byId('after').querySelectorAll('li.passage')] : []).map(item => {
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'line');
    const passage = story.ranking.passages[Number(item.dataset.passage) - 1];
    const classes = [item.dataset.dropped === 'true' ? 'dropped' : direction(passage)];
    if (passage.retrievalRank === picked) classes.push('picked');
    line.setAttribute('class', classes.join(' '));
    for (const [name, value] of Object.entries({x1: 4, y1: middle(left.get(item.dataset.passage)), x2: width - 4, y2: middle(item)})) {
      line.setAttribute(name, value);
    }
    return line;
  }));
}

// --- time, judgements, downloads --------------------------------------------------------------------------------------

function showStages(stages) {
  const total = stages.reduce((sum, stage) => sum + stage.millis, 0);
  const millis = value => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
  byId('bar').replaceChildren(...stages.map(stage => {
    const part = element('span', stage.name.endsWith('other') ? 'other' : '');
    part.style.width = stage.millis / total * 100 + '%';
    return part;
  }));
  byId('stages').replaceChildren(
    ...stages.map(stage => element('li', '', `${stage.name} ${millis(stage.millis)}`)),
    element('li', '', `total ${millis(total)}`));
}

function judge(passage) {
  const group = element('div', 'judge');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', `Judge ${passage.title}`);
  for (const [label, grade] of [['relevant', 1], ['not relevant', 0]]) {
    const button = element('button', '', label);
    button.type = 'button';
    button.dataset.grade = grade;
    button.setAttribute('aria-pressed', String(story.judgements[passage.text] === grade));
    button.addEventListener('click', () => {
      if (story.judgements[passage.text] === grade) delete story.judgements[passage.text];
      else story.judgements[passage.text] = grade;
      for (const other of group.children) {
        other.setAttribute('aria-pressed', String(story.judgements[passage.text] === Number(other.dataset.grade)));
      }
      measure();
    });
    group.append(button);
  }
  return group;
}

/** Measures both orders by the library's nDCG. Judgements belong to the text, so that they also apply to later rankings. */
async function measure() {
  const {ranking, judgements} = story;
  // of passages with the same text, only the first in retrieval order counts
  const passages = ranking.passages.filter((passage, place, all) => all.findIndex(other => other.text === passage.text) === place);
  const judged = passages.filter(passage => passage.text in judgements);
  if (!judged.length) return;
  const id = passage => String(passage.retrievalRank);
  const response = await fetch('api/judge', {
    method: 'POST',
    headers: {'Content-Type': 'application/json'},
    body: JSON.stringify({
      before: passages.map(id),
      after: [...passages].sort((one, other) => one.rank - other.rank).map(id),
      judgements: Object.fromEntries(judged.map(passage => [id(passage), judgements[passage.text]])),
    }),
  });
  const quality = await response.json();
  story.quality = quality;
  byId('quality').textContent = `${quality.measure} by ${count(judged.length, 'judgement')}: `
    + `${quality.before.toFixed(3)} before, ${quality.after.toFixed(3)} after reranking`;
}

byId('json').addEventListener('click', () => {
  const kept = {...story, settings: Object.fromEntries(settings())};
  const link = element('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(kept, null, 2)], {type: 'application/json'}));
  link.download = 'ranking.json';
  link.click();
  URL.revokeObjectURL(link.href);
});

// --- start ------------------------------------------------------------------------------------------------------------

form.addEventListener('submit', event => {
  event.preventDefault();
  ask();
});
form.addEventListener('input', event => {
  if (['topK', 'minScore'].includes(event.target.name)) {
    writeUrl();
    if (story) render();
    else outputs();
  }
});
form.elements.model.addEventListener('change', () => {
  form.elements.minScore.value = form.elements.minScore.min; // scores of another model are on another scale
  if (story) render();
});
byId('another').addEventListener('click', () => {
  const next = about.questions.indexOf(form.elements.q.value) + 1;
  form.elements.q.value = about.questions[next % about.questions.length];
  ask();
});
new ResizeObserver(draw).observe(byId('lists'));

fetch('api/corpus').then(response => response.json()).then(answer => {
  about = answer;
  byId('about').textContent = `Answers from ${about.corpus}; ${about.chatModel}.`;
  byId('examples').replaceChildren(...about.questions.map(question => {
    const option = element('option');
    option.value = question;
    return option;
  }));
  byId('another').hidden = !about.questions.length;
  form.elements.model.replaceChildren(...[...about.rerankers, {id: 'none', label: 'none: search only'}].map(reranker => {
    const option = element('option', '', reranker.label);
    option.value = reranker.id;
    return option;
  }));
  const asked = readUrl();
  outputs();
  if (asked) ask();
});

// Finds words that a script gives to the window as they are, instead of from the catalogues.

import ts from 'typescript';

/** What is given to one of these is read or heard by somebody. */
const SHOWN = new Set([
  'title', 'label', 'ariaLabel', 'about', 'quote', 'action', 'hint', 'placeholder', 'textContent',
]); // prettier-ignore

/** Two words beside one another are a sentence's, whoever gets them. */
const SENTENCE = /\p{L}{2,}\s+\p{L}{2,}/u;
const WORD = /\p{L}{2,}/u;
/** Presses of a shortcut are written like words, and so are selectors. */
const NO_WORDS = /^(?:Key|Digit|\$mod)|[[\]#]|:not\(/;

const isWords = (node: ts.Node): node is ts.StringLiteralLike | ts.TemplateLiteralLikeNode =>
  ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node); // prettier-ignore

/** What an expression's value becomes a part of. */
function goesOn(node: ts.Node): ts.Node {
  const { parent } = node;
  const passes =
    ts.isParenthesizedExpression(parent) || ts.isTemplateExpression(parent) || ts.isTemplateSpan(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition !== node) ||
    (ts.isBinaryExpression(parent) &&
      [ts.SyntaxKind.PlusToken, ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.BarBarToken].includes(parent.operatorToken.kind)); // prettier-ignore
  return passes ? goesOn(parent) : node;
}

/** Whether a value is shown: a notice's text, a named text, an attribute that is spoken. */
function isShown(value: ts.Node): boolean {
  const { parent } = value;
  if (ts.isPropertyAssignment(parent)) return SHOWN.has(parent.name.getText());
  if (ts.isBinaryExpression(parent)) {
    const { left, operatorToken } = parent;
    const assigns = operatorToken.kind === ts.SyntaxKind.EqualsToken && parent.right === value;
    return assigns && ts.isPropertyAccessExpression(left) && SHOWN.has(left.name.text);
  }
  if (!ts.isCallExpression(parent)) return false;
  const [first, second] = parent.arguments;
  const called = parent.expression.getText();
  if (called.endsWith('toasts.show')) return first === value;
  return called.endsWith('setAttribute') && second === value && /aria-label|title/.test(first?.getText() ?? ''); // prettier-ignore
}

/** What is for those who mend the program: errors that are thrown, and details, which are copied. */
function isForRepair(node: ts.Node): boolean {
  if (ts.isNewExpression(node)) return /Error$/.test(node.expression.getText());
  if (ts.isPropertyAssignment(node)) return node.name.getText() === 'detail';
  return node.parent !== undefined && !ts.isBlock(node) && isForRepair(node.parent);
}

/** The words of a script that stand in no catalogue. */
export function strayWords(script: string): string[] {
  const found: string[] = [];
  function visit(node: ts.Node): void {
    ts.forEachChild(node, visit);
    if (!isWords(node) || isForRepair(node)) return;
    const { text } = node;
    const sentence = SENTENCE.test(text) && !NO_WORDS.test(text);
    if (sentence || (WORD.test(text) && isShown(goesOn(node)))) found.push(text.trim());
  }
  visit(ts.createSourceFile('script.ts', script, ts.ScriptTarget.Latest, true));
  return found;
}

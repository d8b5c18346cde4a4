// The shapes of an icon as one path.

/** A shape and its attributes, as Lucide writes them. */
export type Shape = readonly [string, Readonly<Record<string, string>>];

const paths = new Map<string, string>();

function ellipse(x: number, y: number, rx: number, ry: number): string {
  const half = (way: number) => `a${rx} ${ry} 0 1 0 ${way * 2 * rx} 0`;
  return `M${x - rx} ${y}${half(1)}${half(-1)}`;
}

function rectangle(x: number, y: number, width: number, height: number, r: number): string {
  const corner = (dx: number, dy: number) => (r > 0 ? `a${r} ${r} 0 0 1 ${dx * r} ${dy * r}` : '');
  const [h, v] = [width - 2 * r, height - 2 * r];
  return `M${x + r} ${y}h${h}${corner(1, 1)}v${v}${corner(-1, 1)}h${-h}${corner(-1, -1)}v${-v}${corner(1, -1)}z`;
}

function pathOf([kind, shape]: Shape): string {
  const n = (name: string, otherwise = 0) => Number(shape[name] ?? otherwise);
  switch (kind) {
    case 'path':
      // A path that begins with a relative move would go on from where the former one ended.
      return (shape['d'] ?? '').replace(/^m/, 'M0 0m');
    case 'circle':
      return ellipse(n('cx'), n('cy'), n('r'), n('r'));
    case 'ellipse':
      return ellipse(n('cx'), n('cy'), n('rx'), n('ry'));
    case 'line':
      return `M${n('x1')} ${n('y1')}L${n('x2')} ${n('y2')}`;
    case 'rect':
      return rectangle(n('x'), n('y'), n('width'), n('height'), n('rx', n('ry')));
    case 'polyline':
    case 'polygon':
      return `M${shape['points'] ?? ''}${kind === 'polygon' ? 'z' : ''}`;
    default:
      throw new Error(`an icon has a shape of an unknown kind: ${kind}`);
  }
}

/** The path of an icon, made once for each name. */
export function iconPath(name: string, shapes: readonly Shape[]): string {
  let path = paths.get(name);
  if (path === undefined) paths.set(name, (path = shapes.map(pathOf).join('')));
  return path;
}

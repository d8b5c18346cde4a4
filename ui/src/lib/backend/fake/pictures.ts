// Drawn pictures, so that the fake world needs no files.

const hues = [212, 262, 158, 24, 340, 190];

function svg(width: number, height: number, body: string): string {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">${body}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}

/** Hills under a sky, different for each message. */
export function photo(row: number): string {
  const hue = hues[row % hues.length] ?? 0;
  return svg(
    800,
    600,
    `<rect width="800" height="600" fill="hsl(${hue} 45% 82%)"/>` +
      `<circle cx="${200 + (row % 400)}" cy="180" r="70" fill="hsl(${hue + 40} 80% 92%)"/>` +
      `<path d="M0 420 Q200 280 420 400 T800 340 V600 H0Z" fill="hsl(${hue} 30% 55%)"/>` +
      `<path d="M0 500 Q260 400 520 500 T800 470 V600 H0Z" fill="hsl(${hue} 32% 38%)"/>`,
  );
}

/** A head and shoulders. */
export function avatar(peer: number): string {
  const hue = hues[Math.abs(peer) % hues.length] ?? 0;
  return svg(
    80,
    80,
    `<rect width="80" height="80" fill="hsl(${hue} 35% 72%)"/>` +
      `<circle cx="40" cy="32" r="15" fill="hsl(${hue} 25% 95%)"/>` +
      `<path d="M10 84 Q12 52 40 52 T70 84Z" fill="hsl(${hue} 25% 95%)"/>`,
  );
}

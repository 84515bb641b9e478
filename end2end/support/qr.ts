// Reads the QR code printed in a PDF as a telephone would: from the picture of its page.
import { createCanvas } from '@napi-rs/canvas';
import jsQR from 'jsqr';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** What the QR code on a page of a PDF says. */
export async function readQr(pdf: Buffer): Promise<string> {
  const document = await getDocument({ data: new Uint8Array(pdf), verbosity: 0 }).promise;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const viewport = page.getViewport({ scale: 3 });
    const canvas = createCanvas(Math.ceil(viewport.width), Math.ceil(viewport.height));
    const context = canvas.getContext('2d');
    await page.render({ canvasContext: context as never, viewport }).promise;
    const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
    const found = (jsQR as unknown as { default?: typeof jsQR }).default ?? jsQR;
    const code = found(new Uint8ClampedArray(data), width, height);
    if (code) return code.data;
  }
  throw new Error('There is no QR code in this PDF');
}

(({ dataset }) => {
  const plain = window.fetch;
  const missing = new Set();
  let said;

  const isPiece = (url) => url.origin === location.origin && url.pathname.startsWith('/pkg/') && url.pathname.endsWith('.wasm');
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  // Behind all that the page drew, so that scripts that take it over later do not meet it.
  const tell = () => {
    if (missing.size === 0) {
      said?.remove();
      said = undefined;
    } else if (!said && document.body) {
      said = document.createElement('p');
      said.className = 'bar lost';
      said.setAttribute('role', 'alert');
      said.textContent = dataset.lost;
      document.body.append(said);
    }
  };

  const piece = async (url, init) => {
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await plain(url, init);
        if (!answer.ok) throw new Error(answer.status);
        const whole = await answer.arrayBuffer();
        missing.delete(url.href);
        tell();
        return new Response(whole, { headers: { 'content-type': 'application/wasm' } });
      } catch {
        if (tries > 2) missing.add(url.href);
        tell();
        await pause(Math.min(250 * 2 ** tries, 30000));
      }
    }
  };

  window.fetch = (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    return isPiece(url) ? piece(url, init) : plain(input, init);
  };

  // The loaders are modules, which a browser fetches once.
  addEventListener('unhandledrejection', (event) => {
    if (!(event.reason instanceof TypeError) || !/module/i.test(event.reason.message)) return;
    event.preventDefault();
    setTimeout(() => tell(missing.add('module')), 3000);
  });
})(document.currentScript);

export const phoneStyle = `
body { margin: 0 auto; max-width: 26rem; height: 100vh; display: flex; flex-direction: column;
  font: 16px system-ui, sans-serif; background: #e9e4dc; }
header, form { display: flex; gap: .5rem; align-items: center; padding: .5rem; background: #fff; flex-wrap: wrap; }
header label { flex: 1; font-size: .8rem; } header input { width: 9rem; }
main { flex: 1; overflow-y: auto; padding: .5rem; display: flex; flex-direction: column; gap: .4rem; }
.bubble { max-width: 80%; padding: .4rem .6rem; border-radius: .6rem; white-space: pre-wrap;
  overflow-wrap: anywhere; background: #fff; align-self: flex-start; }
.mine { background: #d4f5c4; align-self: flex-end; }
.fault { color: #a00; font-size: .8rem; }
.note { color: #666; font-size: .8rem; } .bubble a { display: block; }
.bubble button { display: block; width: 100%; margin-top: .3rem; }
.bubble img { display: block; max-width: 100%; }
.status { display: block; text-align: right; font-size: .7rem; color: #666; }
form input { flex: 1; }
details { background: #fff; font-size: .8rem; padding: 0 .5rem .3rem; max-height: 40vh; overflow-y: auto; }
details label { display: flex; justify-content: space-between; gap: .5rem; padding: .1rem 0; }
details input { width: 60%; } details input[type=checkbox] { width: auto; }
`;

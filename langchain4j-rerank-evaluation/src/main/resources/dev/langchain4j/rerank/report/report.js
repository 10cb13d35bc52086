/* Pointer or keyboard focus on a candidate highlights it in both orders, and the line between. */
const marked = event => {
  const candidate = event.target.closest('[data-candidate]')?.dataset.candidate;
  for (const element of document.querySelectorAll('.moves [data-candidate]')) {
    element.classList.toggle('marked', element.dataset.candidate === candidate);
  }
  document.querySelector('.moves')?.classList.toggle('marking', candidate !== undefined);
};
document.addEventListener('pointerover', marked);
document.addEventListener('focusin', marked);

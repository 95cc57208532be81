/** What a docs page says first. Storybook does not read the comment above a factory's meta. */
export function described(component: string) {
  return { docs: { description: { component } } };
}

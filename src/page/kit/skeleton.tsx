import "./skeleton.css";

/** Holds the place of what is coming, at about its height. */
export const Skeleton = ({ lines, label }: { readonly lines: number; readonly label: string }) => (
  <div class="skeleton" role="status">
    <span class="hidden-text">{label}</span>
    {Array.from({ length: lines }, (_, line) => (
      <span key={line} />
    ))}
  </div>
);

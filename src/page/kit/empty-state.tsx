import "./empty-state.css";
import { type Action, ActionButton } from "./action.tsx";

export interface EmptyStateProps {
  readonly title: string;
  /** Why there is nothing, and when there will be. */
  readonly text: string;
  readonly action?: Action;
}

/** In the place of a view that has nothing to show. */
export const EmptyState = ({ title, text, action }: EmptyStateProps) => (
  <div class="empty-state">
    <p class="strong">{title}</p>
    <p class="muted">{text}</p>
    {action && <ActionButton action={action} />}
  </div>
);

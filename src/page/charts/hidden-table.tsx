import { factsOf } from "./details.tsx";
import { type ChartModel, placesOf } from "./model.ts";

/** The chart for those who listen. */
export const HiddenTable = ({ model, title }: { readonly model: ChartModel; readonly title: string }) => (
  <div class="hidden-text">
    <table>
      <caption>{title}</caption>
      <tbody>
        {placesOf(model).map(({ key, title: place }, position) => (
          <tr key={key}>
            <th scope="row">{place}</th>
            <td>
              {factsOf(model, position)
                .map(({ label, value }) => `${label} ${value}`)
                .join(", ")}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);

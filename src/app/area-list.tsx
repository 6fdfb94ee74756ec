// The areas in the rail. On a phone it is a bar with the four most needed of them, and “More” with the rest.
import { AlertDock } from '#src/features/alerts/alert-dock.tsx'
import { AreaLink } from '#src/app/area-link.tsx'
import { areasOf } from '#src/app/areas.tsx'
import { MoreAreas, type MoreProps } from '#src/app/more-areas.tsx'
import './area-list.css'

/** Every area the role may see, and the alerts. */
export function AreaList(props: Omit<MoreProps, 'areas'>) {
  const { all, more } = areasOf(props.user.role)
  return (
    <ul className="areas">
      {all.map((area) => (
        <li key={area.path} className={more.includes(area) ? 'area-under-more' : undefined}>
          <AreaLink area={area} onRest={props.onRest} />
        </li>
      ))}
      <li>
        <AlertDock />
      </li>
      <li className="area-more">
        <MoreAreas {...props} areas={more} />
      </li>
    </ul>
  )
}

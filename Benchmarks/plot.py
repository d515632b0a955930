"""Line charts as SVG: how what was measured grows with the size of the work."""

import dataclasses

WIDTH, HEIGHT, MARGIN = 420, 300, 52


@dataclasses.dataclass
class Line:
    name: str
    color: str
    points: list


@dataclasses.dataclass
class Plot:
    title: str
    unit: str
    across: str
    lines: list = dataclasses.field(default_factory=list)

    def svg(self, left):
        """The chart, so many points from the left."""
        widest = max(x for line in self.lines for x, _ in line.points)
        # The names of the lines stand above the highest point.
        highest = max(y for line in self.lines for _, y in line.points) * (1.1 + 0.12 * len(self.lines))
        start, end = left + MARGIN, left + WIDTH - MARGIN / 2
        top, bottom = MARGIN, HEIGHT - MARGIN

        def place(x, y):
            return start + x / widest * (end - start), bottom - y / highest * (bottom - top)

        def text(x, y, content, anchor="middle", color="#444"):
            return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{color}">{content}</text>'

        parts = [
            text((start + end) / 2, 24, self.title, color="#000"),
            text((start + end) / 2, HEIGHT - 8, self.across),
            f'<path d="M{start:.1f} {top}V{bottom:.1f}H{end:.1f}" fill="none" stroke="#888"/>',
        ]
        for step in range(5):
            x, y = place(widest * step / 4, highest * step / 4)
            parts.append(text(x, bottom + 16, f"{widest * step / 4:,.0f}"))
            parts.append(text(start - 6, y + 4, f"{highest * step / 4:.3g}", "end"))
        for row, line in enumerate(self.lines):
            places = [place(x, y) for x, y in line.points]
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            parts.append(f'<polyline points="{path}" fill="none" stroke="{line.color}" stroke-width="2"/>')
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{line.color}"/>' for x, y in places]
            parts.append(text(start + 10, top + 12 + 16 * row, f"{line.name}, {self.unit}", "start", line.color))
        return "\n".join(parts)


def write(path, plots):
    """Draws charts beside each other."""
    charts = "\n".join(plot.svg(WIDTH * index) for index, plot in enumerate(plots))
    with open(path, "w", encoding="utf-8") as file:
        file.write(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(plots) * WIDTH} {HEIGHT}"'
            f' font-family="sans-serif" font-size="12">\n<rect width="100%" height="100%" fill="#fff"/>\n{charts}\n</svg>\n'
        )

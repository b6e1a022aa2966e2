"""What the panes of the pictures are called, in the order of the menu: known before any picture is loaded."""

VIEW_NAMES = {
    "through-time": "Through time",
    "time-training": "Time × training",
    "layers-training": "Layers",
    "two-lenses": "Two lenses",
    "units": "Units",
    "gates": "Gates",
    "distribution": "Distribution",
    "curves": "Curves",
    "why": "Why",
    "reach": "Reach",
    "output": "Output",
    "prediction": "Prediction",
}

"""What each area of the window is for, in one sentence; What Is This? says it, and the menu of the panes. No Qt."""

PURPOSES = {
    "network": "One block per layer, from the input to the output: choose, move, join and annotate them here.",
    "palette": "Every kind of layer: drag one onto the network, or press Enter to put it behind the chosen block.",
    "presets": "Networks that show something: a click opens one, ready to be trained.",
    "through-time": "How much of the gradient is left at each timestep, on its way back from the loss.",
    "time-training": "How far back the gradient of one recurrent layer reaches, training step by training step.",
    "layers-training": "How large the gradient of every layer is, training step by training step.",
    "two-lenses": "Signal and weight gradient of each layer side by side: a healthy one may hide a dead one.",
    "units": "How much gradient each unit of a layer gets, and which units get none.",
    "gates": "How far each gate of an LSTM or a GRU is open at each timestep, and what gradient it gets.",
    "distribution": "How the gradients, outputs and weights of each layer are spread over all sizes.",
    "curves": "Whether the loss falls, and gets below what one reaches without having learned anything.",
    "why": "What weights, activations and gates do to the gradient, hop by hop on its way back.",
    "reach": "How far back the loss of every timestep is felt in a recurrent layer.",
    "output": "What the network answers, beside what it should answer.",
    "prediction": "How much gradient theory expects to reach each layer and timestep, before any training.",
    "inspector": "The settings of what is chosen: a layer, the task, the training or the alert thresholds.",
    "alerts": "Says when a gradient vanishes, explodes or is not finite: where, why, and what to try.",
    "notes": "What this network is meant to show, in the words of whoever made it.",
}

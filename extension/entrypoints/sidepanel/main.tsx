import '../../shell/tokens.css'
